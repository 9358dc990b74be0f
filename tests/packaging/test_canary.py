"""PySide6 6.12.0 lost a reference to None with each call and took the process down on Python 3.11."""

import subprocess
import sys

PROGRAM = """
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel()
for number in range(200_000):
    label.setText("warm")
print("alive")
"""


def test_qt_keeps_its_references_to_none() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, encoding="utf-8", timeout=100)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "alive", "")
