// LessonKitTests
