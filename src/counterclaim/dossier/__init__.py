"""What is printed: the claims of each incident side by side, in the terminal, as one self-contained HTML file and on paper."""

from counterclaim.dossier.methodology import checked_line, methodology
from counterclaim.dossier.page import to_html, to_paper
from counterclaim.dossier.pdf import to_pdf
from counterclaim.dossier.terminal import print_dossier

__all__ = ["checked_line", "methodology", "print_dossier", "to_html", "to_paper", "to_pdf"]
