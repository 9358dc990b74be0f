"""People out again: Warmnote's own JSON, CSV for a spreadsheet, vCard for an address book.

Each writer takes people one by one, as `Notebook.export` gives them, and keeps none of them. JSON holds everything and
comes in again without a loss; what the others leave out is said with each. All write UTF-8, into any stream of bytes;
`whole_file` gives one to a file.
"""

from warmnote.exports._csv import HISTORY, PEOPLE, write_csv, write_history
from warmnote.exports._file import whole_file
from warmnote.exports._json import write_json
from warmnote.exports._vcard import write_vcard

__all__ = ["HISTORY", "PEOPLE", "whole_file", "write_csv", "write_history", "write_json", "write_vcard"]
