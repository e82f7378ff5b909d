/// What the numbers of the second half are; their names stand in Numbers.swift.
enum SwitchingNumbers {}
