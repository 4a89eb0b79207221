"""Promotions: discounts, baseline, refusals and violations."""
