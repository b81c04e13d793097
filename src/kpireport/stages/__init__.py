"""What a report's document is made by: composing its words, writing its files."""
