/// Is told now and then how many states have been visited.
public typealias VisitReport = (_ visited: Int) -> Void

/// How many states are visited between two reports.
let visitsBetweenReports = 1 << 16
