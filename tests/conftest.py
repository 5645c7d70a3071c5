"""What every test may ask for."""

pytest_plugins = ["tests.parts", "tests.sharing", "tests.world", "tests.tenants", "tests.signing_desk"]
