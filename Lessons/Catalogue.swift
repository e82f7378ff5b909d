public import Approximate
import Lesson00
import Lesson01
import Lesson02
import Lesson03
import Lesson04
import Lesson05
import Lesson06
import Lesson07
import Lesson08
import Lesson09
import Lesson10
import Lesson11
import Lesson12
import Lesson13
public import LessonKit

/// The lessons in the order in which they are read; the only place that names them all.
public enum Catalogue {
  /// All lessons.
  public static let lessons: [Lesson] = [
    Lesson00.lesson, Lesson01.lesson, Lesson02.lesson, Lesson03.lesson, Lesson04.lesson,
    Lesson05.lesson, Lesson06.lesson, Lesson07.lesson, Lesson08.lesson, Lesson09.lesson,
    Lesson10.lesson, Lesson11.lesson, Lesson12.lesson, Lesson13.lesson,
  ]

  /// The lesson whose exercises are about gradient estimators.
  public static let lessonOfEstimators: Lesson = Lesson04.lesson

  /// Its mistakes that can stand in the place of an estimator of the library.
  public static let estimatorMistakes: [EstimatorMistake] = Lesson04.estimatorMistakes
}
