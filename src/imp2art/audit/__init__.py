"""Indicators: definitions once, and two engines that must agree."""
