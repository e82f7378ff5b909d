import LessonKit

/// Code that the lesson shows, by the name under which it stands.
let listings: [String: Listing] = [:]
