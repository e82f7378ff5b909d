"""Somebody's inference code: the log evidence of a hidden Markov model, written with JAX to be differentiated."""

import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)


def log_evidence(parameters, symbols):
    """log p(x) by the forward recursion, normalised at every step."""
    initial, transition, emission = parameters

    def step(carry, symbol):
        belief, total = carry
        weights = (belief @ transition) * emission[:, symbol]
        scale = weights.sum()
        return (weights / scale, total + jnp.log(scale)), None

    weights = initial * emission[:, symbols[0]]
    start = (weights / weights.sum(), jnp.log(weights.sum()))
    (_, total), _ = jax.lax.scan(step, start, symbols[1:])
    return total


gradient = jax.grad(log_evidence)
