import Curriculum
import LessonRunner

LessonsCommand.main(
  Course(
    lessons: Catalogue.lessons, claims: ClaimsText.json, errata: ErrataText.json,
    glossary: GlossaryText.markdown, bibliography: BibliographyText.markdown,
    lessonOfEstimators: Catalogue.lessonOfEstimators,
    estimatorMistakes: Catalogue.estimatorMistakes))
