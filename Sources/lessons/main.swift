import Curriculum
import LessonRunner

LessonsCommand.main(
  Course(
    lessons: Catalogue.lessons, claims: ClaimsText.json, errata: ErrataText.json,
    lessonOfEstimators: Catalogue.lessonOfEstimators,
    estimatorMistakes: Catalogue.estimatorMistakes))
