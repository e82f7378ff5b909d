import Glibc

func exp(_ x: Double) -> Double { Glibc.exp(x) }
func log(_ x: Double) -> Double { Glibc.log(x) }
func log1p(_ x: Double) -> Double { Glibc.log1p(x) }
func tanh(_ x: Double) -> Double { Glibc.tanh(x) }
func sqrt(_ x: Double) -> Double { x.squareRoot() }
