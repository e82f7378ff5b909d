"""A property test of that code: random models, and what `lessons oracle` says of each, exactly.

    lessons oracle --client python > tightbound_oracle.py
    pip install jax pytest hypothesis
    pytest

Where `lessons` is not on the path, TIGHTBOUND_LESSONS names it.
"""

import jax.numpy as jnp
import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tightbound_oracle import Refused, oracle

import forward


@st.composite
def models(draw, states=3, symbols=4, longest=12):
    """A model as the oracle reads it."""
    generator = numpy.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    length = draw(st.integers(1, longest))
    return {
        "model": "hmm",
        "initial": generator.dirichlet(numpy.ones(states)),
        "transition": generator.dirichlet(numpy.ones(states), size=states),
        "emission": {"family": "categorical", "probabilities": generator.dirichlet(numpy.ones(symbols), size=states)},
        "observations": [generator.integers(symbols, size=length)],
    }


def mine(model):
    parameters = (model["initial"], model["transition"], model["emission"]["probabilities"])
    return tuple(map(jnp.asarray, parameters)), jnp.asarray(model["observations"][0])


@settings(deadline=None, max_examples=200)
@given(models())
def test_log_evidence(model):
    parameters, symbols = mine(model)
    exact = oracle(model, arrays=True)["logEvidence"][0]
    assert abs(forward.log_evidence(parameters, symbols) - exact) <= 1e-9 * max(1, abs(exact))


@settings(deadline=None, max_examples=100)
@given(models())
def test_gradient(model):
    parameters, symbols = mine(model)
    exact = oracle(model, ask="gradient", arrays=True)["gradient"]
    found = forward.gradient(parameters, symbols)
    for mine_, theirs in zip(found, [exact["initial"], exact["transition"], exact["emission"]["probabilities"]]):
        numpy.testing.assert_allclose(mine_, theirs, rtol=1e-8, atol=1e-9)


def test_a_wrong_gradient_is_caught():
    """What these tests are worth: an expected count given out as the slope is far from it."""
    model = {
        "model": "hmm", "initial": [0.6, 0.4], "transition": [[0.7, 0.3], [0.2, 0.8]],
        "emission": {"family": "categorical", "probabilities": [[0.5, 0.5], [0.1, 0.9]]}, "observations": [[0, 1, 1]]}
    answer = oracle(model, ask="gradient")
    slopes, first = answer["gradient"]["initial"], answer["stateMarginals"][0][0]
    assert max(abs(slope - count) for slope, count in zip(slopes, first)) > 0.1


def test_refusals_are_exceptions():
    with pytest.raises(Refused, match="initial: expected probabilities that sum to 1"):
        oracle({"model": "hmm", "initial": [0.6, 0.6], "transition": [[1, 0], [0, 1]],
                "emission": {"family": "categorical", "probabilities": [[1], [1]]}, "observations": [[0]]})
