"""Numbers, days and words as people read them; figures and files made of them."""
