"""The facts: the plan, its values, years and settings. Imports nothing but the errors."""
