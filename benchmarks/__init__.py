"""What the product takes in time and memory, beside a bare Django."""
