import Testing

@testable import LessonRunner

@Suite("Unusable calls")
struct RefusalTests {
  @Test(
    "One line on standard error, nothing on standard output, exit status 2",
    arguments: [
      (["rn"], "'rn': unknown command; nearest: run"),
      (["--sed", "run"], "'--sed': unknown option before the command; lessons --help lists them"),
      (
        ["run"],
        "run: which lesson? 03-halves, 04-whole-halves, or all\nUsage: lessons run LESSON"
      ),
      (["run", "3", "--color", "pink"], "--color: expected auto, always or never, found 'pink'"),
      (["--color", "pink", "run", "3"], "--color: expected auto, always or never, found 'pink'"),
      (
        ["run", "3", "--section", "x"],
        "'--section': unknown option; lessons run --help lists them\nUsage: lessons run"
      ),
      (["run", "3", "t", "xx"], "'xx': one part at a time"),
      (["run", "3", "tw", "--only", "twice"], "--only: 'twice' is named already"),
      (["run", "3/half/w/x"], "'half/w/x': unknown part of 03-halves; there are half, twice"),
      (["oracle"], "oracle: which model? A file, or - for standard input"),
      (["moments"], "moments: which case? A file, or - for standard input\nUsage: lessons moments"),
      (["run", "hal"], "'hal': which lesson? 03-halves, 04-whole-halves all fit"),
      (["run", "hlaves"], "'hlaves': unknown lesson; nearest: 03-halves"),
      (["run", "9"], "'9': unknown lesson; there are 03-halves, 04-whole-halves"),
      (["run", ""], "'': unknown lesson; there are 03-halves, 04-whole-halves"),
      (["run", "3", "nothing"], "'nothing': unknown part of 03-halves; "),
      (
        ["run", "3", "--models", "0"],
        "--models: expected a whole number from 1 to 1000000, found '0'"
      ),
      (
        ["run", "3", "--models=2.5"],
        "--models: expected a whole number from 1 to 1000000, found '2.5'"
      ),
      (["run", "3", "--seed", "-1"], "--seed: expected a whole number of at least 0, found '-1'"),
      (["run", "3", "--seed"], "--seed: expected a value, --seed N"),
      (["run", "3", "--seed="], "--seed: expected a value, --seed N"),
      (["run", "3", "--json=yes"], "--json: takes no value"),
      (["run", "3", "--json", "--json"], "--json: given twice"),
      (["run", "3", "--sed", "1"], "'--sed': unknown option; nearest: --seed"),
      (
        ["run", "3", "--mistake", "minus-noe"],
        "--mistake: unknown mistake 'minus-noe'; nearest: minus-one"
      ),
      (
        ["run", "all", "--mistake", "shared"],
        "--mistake: 'shared' is in 03-halves and in 04-whole-halves"
      ),
      (["run", "3", "--only", "twise"], "--only: unknown check 'twise'; nearest: twice"),
      (
        ["run", "3", "--case", "1-0"],
        "--case: needs --only or --mistake: a case belongs to one exercise"
      ),
      (
        ["run", "3", "--only", "twice", "--case", "x"],
        "--case: expected a token as a refusal shows it, found 'x'"
      ),
      (["run", "3", "--perturb", "0"], "--perturb: expected a number other than 0, found '0'"),
      (["run", "3", "--perturb", "nan"], "--perturb: expected a number other than 0, found 'nan'"),
      (["list", "extra"], "'extra': unknown lesson; there are 03-halves"),
      (["moments", "a", "b"], "'b': one word too many\nUsage: lessons moments FILE"),
      (["claims", "A-999x"], "'A-999x': unknown claim; nearest: "),
      (
        ["claims", "nothing-like-it"], "'nothing-like-it': unknown claim; lessons claims lists them"
      ),
      (["errata", "F-026"], "'F-026': unknown erratum; nearest: E-026"),
      (["mistakes", "nope"], "'nope': unknown lesson; there are 03-halves, 04-whole-halves"),
      (["help", "rn"], "'rn': unknown command; nearest: run"),
      (["run", "a\nb"], "'a\\nb': unknown lesson; there are 03-halves, 04-whole-halves"),
    ])
  func refused(arguments: [String], complaint: String) {
    var written = Collected()
    let environment = CommandEnvironment(
      columns: nil, variables: [:], course: Fixture.course, files: Files(contents: [:]))
    let status = run(arguments: arguments, environment: environment, output: &written)
    #expect(status == .unusable)
    #expect(written.output == "")
    #expect(written.complaints.hasPrefix("lessons: " + complaint), "\(written.complaints)")
    #expect(written.complaints.hasSuffix("\n"))
    let lines = written.complaints.split(separator: "\n")
    #expect(lines.count == 1 || (lines.count == 2 && lines[1].hasPrefix("Usage: lessons ")))
    #expect(written.output == "")
  }
}

@Suite("Arguments")
struct ArgumentTests {
  @Test("A value may follow an equals sign or a blank, and may look like an option")
  func values() throws {
    let options = [Option.seed, .only, .json]
    let one = try ParsedArguments(["a", "--seed=3", "--json", "b"], options: options)
    let other = try ParsedArguments(["--seed", "3", "a", "--json", "b"], options: options)
    #expect(one == other)
    #expect(one.words == ["a", "b"])
    #expect(try ParsedArguments(["--only=a=b"], options: options).text(.only) == "a=b")
    #expect(try ParsedArguments(["--only", "--json"], options: options).text(.only) == "--json")
  }

  @Test("After -- everything is a word; a hyphen alone is standard input")
  func ends() throws {
    let parsed = try ParsedArguments(["-", "--", "--json", "--"], options: [.json])
    #expect(parsed.words == ["-", "--json", "--"])
    #expect(!parsed.has(.json))
  }
}
