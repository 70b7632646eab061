"""What guidance says to consider when control is poor, or long good: reasons, never a dose."""
