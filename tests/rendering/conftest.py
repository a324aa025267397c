"""How many documents are generated: few by default.

`pytest tests/rendering/test_generated.py --hypothesis-profile=thorough` runs each test with 100,000.
"""

from hypothesis import HealthCheck, settings

settings.register_profile("thorough", max_examples=100_000, deadline=None, suppress_health_check=list(HealthCheck))
