"""A log in the formats of the field: xAPI statements, DataShop's transactions, and plain tables."""
