"""Overview: how the shop is doing, in one screen."""
