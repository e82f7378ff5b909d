import LessonKit
/// The numbers that the prose names.
let numbers: PageNumbers = SwitchingNumbers.all
