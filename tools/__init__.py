"""What makes the repository's own material: samples, and the handbook's outputs and pictures."""
