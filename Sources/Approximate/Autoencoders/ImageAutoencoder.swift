import GSL
package import Networks
import _Differentiation

/// A variational autoencoder of binary images: a network each way, with one hidden layer of tanh.
///
/// ```
/// z ~ N(0, I),   x_d | z ~ Bernoulli(σ(decoder(z)_d))
/// q(z | x) = N(m, diag(e^v)),   (m, v) = encoder(x)
/// ```
/// Reference: Kingma and Welling 2014, "Auto-encoding variational Bayes".
package struct ImageAutoencoder: Parameters, Differentiable {
  /// From x to m and v, in this order.
  package var encoder: Perceptron
  /// From z to the log odds of every pixel.
  package var decoder: Perceptron

  /// An autoencoder from its two networks.
  package init(encoder: Perceptron, decoder: Perceptron) {
    self.encoder = encoder
    self.decoder = decoder
  }

  /// Networks with random weights and no shifts; the caller draws the numbers.
  package init(pixels: Int, hidden: Int, latents: Int, drawing standardNormal: () -> Double) {
    encoder = Perceptron(
      inputs: pixels, hidden: hidden, outputs: 2 * latents, drawing: standardNormal)
    decoder = Perceptron(
      inputs: latents, hidden: hidden, outputs: pixels, drawing: standardNormal)
  }

  /// The number of latents.
  package var latentCount: Int { encoder.output.bias.count / 2 }

  // listing: 06 image-bound
  /// One draw of the ELBO of an image, its divergence in closed form: differentiate this.
  ///
  /// ```
  /// Σ_d x_d l_d − log(1 + e^l_d)  −  ½ Σ_i (m_i² + e^v_i − 1 − v_i)       l = decoder(m + e^(v/2) ε)
  /// ```
  @differentiable(reverse,wrt: self)
  package func bound(of image: Vector, noise: Vector) -> Double {
    let code = encoder(image)
    let mean = code[withoutDerivative(at: Array(0..<noise.count))]
    let logVariance = code[withoutDerivative(at: Array(noise.count..<2 * noise.count))]
    let logits = decoder(mean + exp(0.5 * logVariance) * noise)
    let logLikelihood = image.dot(logits) - softplus(logits).sum()
    let divergence =
      0.5 * (mean.dot(mean) + (exp(logVariance) - logVariance).sum() - Double(noise.count))
    return logLikelihood - divergence
  }
  // end of listing

  /// Shows the encoder, then the decoder.
  package mutating func visit(_ tour: inout ParameterTour, beside direction: TangentVector) {
    encoder.visit(&tour, beside: direction.encoder)
    decoder.visit(&tour, beside: direction.decoder)
  }
}
