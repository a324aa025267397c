"""Who staff are: logging in, the second factor, how long a session lasts. It knows nothing of pages but who publishes them."""
