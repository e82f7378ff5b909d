extension Prose {
}
