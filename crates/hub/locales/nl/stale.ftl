# Een formulier van iemand die niet meer is aangemeld.
stale-session = U werd intussen afgemeld; er is niets gewijzigd. Meld u aan en doe het opnieuw.
