"""Which files are found, what their captures hold, and how those that cannot be read are refused."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from counterclaim.errors import EmptyInput, InputError, NotText, WrongFormat
from counterclaim.intake import captures, find_files, left_out, reports, why_left_out
from counterclaim.records import Capture

RECEIVED = datetime(2024, 1, 2, 3, 4, tzinfo=UTC)


def capture(path: Path, received: datetime) -> Capture:
    """The one capture of a file that holds one document."""
    (taken,) = captures(path, received)
    if isinstance(taken, InputError):
        raise taken
    return taken[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.html", "c.HTM", "notes.doc", ".hidden.txt", "inner/d.xhtml", "inner/e.png", ".git/f.txt"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words")
    return tmp_path / "in"


def names(files: tuple[Path, ...], folder: Path) -> list[str]:
    return [f.relative_to(folder).as_posix() for f in files]


def test_a_folder_yields_pages_and_texts_in_order(folder: Path) -> None:
    assert names(find_files([folder]), folder) == ["a.html", "b.txt", "c.HTM", "inner/d.xhtml"]


def test_what_a_folder_holds_beside_them_is_told(folder: Path) -> None:
    assert names(left_out([folder]), folder) == ["inner/e.png", "notes.doc"]
    assert names(left_out([folder, folder / "notes.doc"]), folder) == ["inner/e.png"]


def test_a_file_named_outright_is_tried_whatever_it_is_called(folder: Path) -> None:
    assert names(find_files([folder / "notes.doc", folder / ".hidden.txt"]), folder) == [".hidden.txt", "notes.doc"]


def test_order_of_naming_does_not_matter_and_each_file_comes_once(folder: Path) -> None:
    (folder / "again.txt").symlink_to(folder / "b.txt")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    one = find_files([folder, folder / "b.txt", folder / "inner"])
    assert one == find_files([folder / "inner", folder / "b.txt", folder])
    assert names(one, folder) == ["a.html", "again.txt", "c.HTM", "inner/d.xhtml"]


def test_the_folder_that_a_browser_saves_beside_a_page_is_no_report(tmp_path: Path) -> None:
    for name in ("story.html", "story_files/ad.html", "story_files/inner/more.htm", "loose_files/kept.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("<p>words")
    assert names(find_files([tmp_path]), tmp_path) == ["loose_files/kept.html", "story.html"]


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.txt: there is no such file or folder; check the spelling"):
        find_files([tmp_path / "nowhere.txt"])
    with pytest.raises(InputError, match="no such file"):
        capture(tmp_path / "nowhere.txt", RECEIVED)


def test_a_capture_keeps_bytes_digest_origin_and_time(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"The army said so.\r\n")
    taken = capture(path, datetime(2024, 1, 2, 5, 4, tzinfo=timezone(timedelta(hours=2))))
    assert taken.data == b"The army said so.\r\n"
    assert taken.sha256 == hashlib.sha256(taken.data).hexdigest()
    assert (taken.origin, taken.received, taken.media_type) == (str(path), datetime(2024, 1, 2, 3, 4, tzinfo=UTC), "text/plain")
    with pytest.raises(ValueError, match="aware"):
        capture(path, datetime(2024, 1, 2))


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("page.txt", b"<!DOCTYPE html><html><body>words</body></html>", "text/html"),
        ("page.txt", b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x -->\n<html><p>words</html>", "text/html"),
        ("page.txt", "<html><p>words</html>".encode("utf-16"), "text/html"),
        ("page.html", b"<p>words of a fragment</p>", "text/html"),
        ("page.html", b"No tags at all, only words.", "text/plain"),
        ("text.txt", b"He wrote <b>bold</b> words in a text.", "text/plain"),
    ],
)
def test_the_bytes_tell_what_a_file_is(tmp_path: Path, name: str, data: bytes, media_type: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert capture(tmp_path / name, RECEIVED).media_type == media_type


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04....[Content_Types].xml", "an office document"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
        (b"\x00\x00\x00\x18ftypmp42", "a film"),
    ],
)
def test_other_formats_are_refused_under_any_name(tmp_path: Path, data: bytes, what: str) -> None:
    (tmp_path / "report.txt").write_bytes(data)
    with pytest.raises(WrongFormat, match=rf"report\.txt: this is .*{what.replace('(', '.')}"):
        capture(tmp_path / "report.txt", RECEIVED)


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"\x00" * 500, bytes(range(128, 256)) * 8, b"MZ\x90\x00\x03\x00\x00"])
def test_binary_rubbish_is_no_text(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.txt").write_bytes(data)
    (error,) = reports(capture(tmp_path / "x.txt", RECEIVED))
    with pytest.raises(NotText, match=r"x\.txt: these bytes are no text in any known encoding; open it"):
        raise error  # type: ignore[misc]  # a report would be no exception, and so fail here


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.txt").touch()
    with pytest.raises(EmptyInput, match=r"x\.txt: the file is empty; check the download"):
        capture(tmp_path / "x.txt", RECEIVED)


def test_links_in_a_folder_lead_nowhere_twice(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "far.txt").write_text("One died.", "utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "story.txt").write_text("Two died.", "utf-8")
    (folder / "again.txt").symlink_to(folder / "story.txt")
    (folder / "named.txt").symlink_to(outside / "far.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "away").symlink_to(outside)
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    assert [f.name for f in find_files([folder])] == ["again.txt", "gone.txt", "named.txt"]
    assert {why_left_out(p).problem for p in left_out([folder])} == {"is a link to a folder, which is not followed"}
    assert {p.name for p in left_out([folder])} == {"away"}
    (gone,) = captures(folder / "gone.txt", RECEIVED)
    assert isinstance(gone, InputError)
    assert "a link to a file that is not there" in str(gone)


def test_links_in_an_archive_are_named_and_not_followed(tmp_path: Path) -> None:
    import stat
    import zipfile

    secret = tmp_path / "secret.txt"
    secret.write_text("Three died.", "utf-8")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, str(secret))
        archive.writestr("story.txt", "One died.")
    link_error, story = captures(tmp_path / "a.zip", RECEIVED)
    assert isinstance(link_error, InputError)
    assert "link.txt: is a link, not a file" in str(link_error)
    assert not isinstance(story, InputError)
    assert story[0].data == b"One died."


def test_a_page_of_frames_gives_the_pages_in_them(tmp_path: Path) -> None:
    frames = '<html><frameset cols="20%,80%"><frame src="story_files/menu.html"><frame src="./story_files/main%20text.html">'
    (tmp_path / "story.html").write_text(f"{frames}<frame src='../away.html'></frameset></html>", "utf-8")
    (tmp_path / "story_files").mkdir()
    (tmp_path / "story_files" / "main text.html").write_text("<html><body><p>Two people died here.</p></body></html>", "utf-8")
    (tmp_path.parent / "away.html").write_text("<html><body><p>Secret.</p></body></html>", "utf-8")
    assert [f.name for f in find_files([tmp_path])] == ["story.html"]
    found = list(captures(tmp_path / "story.html", RECEIVED))
    assert [Path(t[0].origin).name for t in found if not isinstance(t, InputError)] == ["main text.html"]
    (tmp_path / "story_files" / "main text.html").unlink()
    (error,) = captures(tmp_path / "story.html", RECEIVED)
    assert isinstance(error, InputError)
    assert "is made of frames" in str(error)
