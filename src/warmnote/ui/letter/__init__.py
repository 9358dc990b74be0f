"""The letter to the person who is open: an editor for plain text whose words the meter marks, saved as it is written."""
