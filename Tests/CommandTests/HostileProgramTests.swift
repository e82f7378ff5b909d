import Foundation
import Judge
import LessonKit
import Testing

@testable import LessonRunner

@Suite("Programs that do what they should not", .enabled(if: Submission.hasPython))
struct HostileProgramTests {
  @Test(
    "Each ends in one line that says what it did",
    arguments: [
      ("raise MemoryError if len(bytearray(3 << 30)) else ValueError", "MemoryError"),
      ("import ctypes\nctypes.string_at(0)", "ended before it had answered"),
      ("import os\nos._exit(0)", "ended before it had answered"),
      ("import sys\nsys.exit('✓ passed')", "ended before it had answered"),
      ("import time\ntime.sleep(100)", "no answer for"),
      (
        """
        import os, signal
        stopped = os.fork()
        if stopped == 0: os.kill(os.getpid(), signal.SIGSTOP)
        os.waitpid(stopped, 0)
        """, "no answer for"
      ),
      ("return [[choices.flip(.5)]] * 2", "number 1 of the result is an array"),
      ("return 'unbiased'", "ValueError"),
      ("return [math.inf * (choices.flip(.5) + 1)] * 2", "number 1 of the result is inf"),
      ("return {'verdict': 1}", "expected a list of 2 numbers"),
      ("open('big', 'wb').write(bytes(64 << 20))\nreturn [0.0] * 2", "OSError"),
      (
        "choices.flip(.9 if len(choices._trail) > 1 else .5)\nchoices.flip(.5)\nreturn [0.0] * 2",
        "other choices"
      ),
      ("choices._asked.append(2)\nreturn [0.0] * 2", "a probability"),
      ("b = choices.flip(.5)\nreturn [b + len(choices._trail)] * 2", "second time"),
      ("seen.append(choices.flip(.5))\nreturn [float(len(seen))] * 2", "second time"),
      ("return [choices.choose([.5, .6])] * 2", "sum to 1"),
      ("return estimate(task, choices)", "RecursionError"),
    ])
  func each(body: String, words: String) throws {
    let slow = words.contains("no answer")
    let report = try Submission.python(body, before: "seen = []")
      .judged(limits: slow ? .shortest : .short)
    #expect(!report.holds)
    #expect(report.words.contains(words), "\(body): \(report.words)\n\(report.complaints)")
    #expect(!report.words.contains("\n"))
  }

  @Test("Processes without end are held to a number, and a right answer is right in spite of noise")
  func noise() throws {
    let body = """
      import os, time
      for i in range(100):
          try:
              if os.fork() == 0:
                  time.sleep(1000)
          except OSError: break
      print('x' * 3000000)
      f, score = draw(task, choices)
      return [f * g for g in score]
      """
    let submission = try Submission.python(body)
    var limits = ChildLimits.short
    limits.answerMilliseconds = 20_000
    let report = try submission.judged(limits: limits)
    let isHeld = report.cages.contains("a user of its own")
    #expect(report.holds || !isHeld, "\(report.words)")
    #expect(report.complaints.utf8.count <= 4096)
  }

  @Test("A loop without end is ended, and what a program leaves running is ended with it")
  func endless() throws {
    let submission = try Submission.python(
      """
      import os, time
      if os.fork() == 0:
          os.setsid()
          time.sleep(1000)
      while True: pass
      """)
    #expect(try submission.judged(limits: .shortest).words.contains("no answer for"))
    let left = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
      guard Int(name) != nil,
        let line = try? String(contentsOfFile: "/proc/\(name)/cmdline", encoding: .utf8)
      else { return false }
      return line.contains(submission.folder)
    }
    #expect(left.isEmpty)
  }

  @Test("A line that nobody asked for, and one that is no answer, are told apart from errors")
  func lines() throws {
    let chatty = try Submission(
      "estimate.py",
      "import sys\nfor line in sys.stdin:\n    print('{\"ready\":1}\\n{\"ready\":1}', flush=True)\n"
    )
    #expect(try chatty.judged().words.contains("nobody had asked for"))
    let long = try Submission(
      "estimate.py", "import sys\nsys.stdout.buffer.write(bytes(b'x') * (17 << 20))\n")
    #expect(try long.judged().words.contains("longer than 16 MB"))
    let rude = try Submission("estimate.py", "print('✓ unbiased')\n")
    #expect(try rude.judged().words.contains("expected one line of JSON"))
  }

  @Test("Where the system offers it, files of others, sockets and the judge are out of reach")
  func caged() throws {
    let body = """
      import os, socket, sys
      def can(what):
          try:
              what()
              return 'yes'
          except Exception:
              return 'no'
      sys.stderr.write('password ' + can(lambda: open('/etc/passwd').read()))
      sys.stderr.write(' socket ' + can(lambda: socket.socket()))
      sys.stderr.write(' outside ' + can(lambda: open('../outside', 'w')))
      sys.stderr.write(' inside ' + can(lambda: open('inside', 'w')))
      sys.stderr.write(' judge ' + can(lambda: os.kill(os.getppid() or 2, 0)) + '\\n')
      return [0.0, 0.0]
      """
    let report = try Submission.python(body).judged()
    #expect(report.complaints.contains("inside yes"))
    if report.cages.contains("no files but its own") {
      #expect(report.complaints.contains("password no"))
      #expect(report.complaints.contains("outside no"))
    }
    if report.cages.contains("no sockets") { #expect(report.complaints.contains("socket no")) }
    if report.cages.contains("no signals") { #expect(report.complaints.contains("judge no")) }
  }

  @Test("Other doors are closed: rings, namespaces, old numbers, shared memory, the judge itself")
  func otherDoors() throws {
    let body = """
      import ctypes, os, subprocess, sys
      system = ctypes.CDLL(None).syscall
      def say(name, works): sys.stderr.write(name + (' yes\\n' if works else ' no\\n'))
      def can(what):
          try: return what() is not None
          except Exception: return False
      say('ring', system(425, 8, 0) >= 0)
      say('old socket', system(0x40000029, 2, 1, 0) >= 0)
      say('shared memory', os.uname().machine == 'x86_64' and system(29, 0, 4096, 0o1600) >= 0)
      say('namespace', os.uname().machine == 'x86_64' and system(272, 0x10000000) >= 0)
      say('link', can(lambda: [os.symlink('/etc/passwd', 'l'), open('l').read()]))
      say('shared folder', can(lambda: open('/dev/shm/left', 'w')))
      say('processes', can(lambda: [p for p in os.listdir('/proc') if p.isdigit()] or None))
      say('grader', can(lambda: open('/proc/%d/environ' % (os.getppid() or 2)).read()))
      say('many files', can(lambda: [open(str(i), 'wb').write(bytes(1 << 20)) for i in range(80)]))
      say('judge', can(lambda: subprocess.run(['\(judge)', 'list'], capture_output=True)))
      say('thread', can(lambda: __import__('threading').Thread(target=int).start() or 1))
      say('own program', can(lambda: subprocess.run(['/bin/true']).returncode + 1))
      return [0.0, 0.0]
      """
    let report = try Submission.python(body).judged()
    let words = report.complaints
    #expect(words.contains("thread yes"), "\(words)")
    #expect(words.contains("own program yes"), "\(words)")
    if report.cages.contains("no sockets") {
      for door in ["ring", "old socket", "shared memory", "namespace"] {
        #expect(words.contains("\(door) no"), "\(words)")
      }
    }
    if report.cages.contains("no files but its own") {
      for door in ["link", "shared folder", "processes", "grader", "judge"] {
        #expect(words.contains("\(door) no"), "\(words)")
      }
    }
    if report.cages.contains("a bounded folder that is gone with it") {
      #expect(words.contains("many files no"), "\(words)")
    }
  }

  // Catches: a program that moves the cursor, colours its own verdict green, or writes one in a line of its own.
  @Test("What a terminal would obey is obeyed neither in a failure nor in standard error")
  func controls() throws {
    let submission = try Submission(
      "estimate.py",
      """
      import json, sys
      for line in sys.stdin:
          sys.stderr.write('\\x1b[2J\\x9b32m passed\\n')
          print(json.dumps({'error': 'lost\\n\\u2713 unbiased \\x1b[1A\\x9b2K'}), flush=True)
      """)
    let report = try submission.judged()
    #expect(report.words.contains("the program failed: lost ✓ unbiased ·[1A·2K"), "\(report.words)")
    let lines = report.lines(TerminalRendering(TerminalStyle()))
    #expect(lines.contains { $0.contains("·[2J·32m passed") }, "\(lines)")
    let obeyed = lines.joined().unicodeScalars.filter {
      $0.value < 32 || (127..<160).contains($0.value)
    }
    #expect(obeyed.isEmpty)
  }

  // Catches: a limit on open files that is not set; files of whoever judges, left open to a program.
  @Test("A program has as many files open as it may, and no more")
  func openFiles() throws {
    let own = (0..<20).map { _ in dup(2) }
    defer { for file in own { close(file) } }
    let body = """
      import sys
      held = []
      try:
          for number in range(200): held.append(open('/dev/null'))
      except OSError as error: sys.stderr.write('refused ' + str(error.errno) + ' ')
      sys.stderr.write('held ' + str(len(held)) + '\\n')
      return [0.0, 0.0]
      """
    let words = try Submission.python(body).judged().complaints
    let held = try #require(words.firstMatch(of: #/refused 24 held (\d+)/#)).1
    // Three are its streams.
    #expect((50...61).contains(Int(held) ?? 0), "\(words)")
  }

  // Catches: the end of a long complaint, told from its middle on.
  @Test("Of what is written to standard error the end is told, in its order")
  func longComplaint() throws {
    let body = """
      import sys
      if not seen:
          for number in range(3000): sys.stderr.write('line %d\\n' % number)
      seen.append(1)
      return [0.0, 0.0]
      """
    let words = try Submission.python(body, before: "seen = []").judged().complaints
    #expect(words.utf8.count == 4096)
    let numbers = words.split(separator: "\n").dropFirst().compactMap { Int($0.dropFirst(5)) }
    #expect(numbers.last == 2999)
    #expect(numbers == Array((3000 - numbers.count)..<3000))
  }

  // Catches: programs without end that stay behind when the judge itself is killed.
  @Test(
    "A program ends with the judge that started it, however that ends",
    .enabled(if: BuiltCommand.isThere))
  func judgeIsKilled() throws {
    // It does not even read, so that nothing but a signal tells it of the end.
    let submission = try Submission("estimate.py", "while True: pass\n")
    defer { submission.remove() }
    let (_, output) = try BuiltCommand.shell(
      """
      lessons judge 04/score-function -- python3 estimate.py & judge=$!
      running() { grep -al "$PWD/[e]stimate.py" /proc/[0-9]*/cmdline 2>/dev/null; }
      tries=0
      until [ -n "$(running)" ] || [ $tries = 100 ]; do tries=$((tries + 1)); sleep 0.1; done
      [ -n "$(running)" ] && echo "it runs"
      kill -KILL $judge
      tries=0
      while [ -n "$(running)" ] && [ $tries != 30 ]; do tries=$((tries + 1)); sleep 0.1; done
      [ -z "$(running)" ] && echo "nothing is left"
      for file in $(running); do file=${file#/proc/}; kill -KILL ${file%/cmdline}; done
      """, in: submission.folder)
    #expect(output.contains("it runs") && output.contains("nothing is left"), "\(output)")
  }

  /// The program that judges.
  private var judge: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "/nowhere"
  }

  @Test("Two processes run a large law, and what a program remembers shows all the same")
  func largeLaw() throws {
    let right = """
      z = [choices.flip(.5) for _ in range(12)]
      f, score = draw(task, choices)
      return [f * g for g in score]
      """
    let report = try Submission.python(right).judged(samples: 1)
    #expect(report.holds, "\(report.words)")
    let counts = "seen.append(1)\n" + right.replacing("f * g", with: "f * g + len(seen) * 1e-6")
    let other = try Submission.python(counts, before: "seen = []").judged(samples: 1)
    #expect(other.words.contains("is remembered from run to run"), "\(other.words)")
  }
}
