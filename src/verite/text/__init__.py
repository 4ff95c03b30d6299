"""Words of customers: what is masked in them before anything keeps them."""
