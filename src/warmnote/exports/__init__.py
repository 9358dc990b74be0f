"""People out of the notebook: tables, address cards and a complete copy that can be read back."""
