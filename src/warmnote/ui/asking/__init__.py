"""What to ask the person who is open: three starters, each with the reason it is offered."""
