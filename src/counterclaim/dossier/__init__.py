"""What is printed: the claims of each incident side by side, in the terminal and as one self-contained HTML file."""

from counterclaim.dossier.methodology import methodology
from counterclaim.dossier.page import to_html
from counterclaim.dossier.terminal import print_dossier

__all__ = ["methodology", "print_dossier", "to_html"]
