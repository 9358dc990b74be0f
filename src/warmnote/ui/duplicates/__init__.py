"""The review of people who may be in the notebook twice."""
