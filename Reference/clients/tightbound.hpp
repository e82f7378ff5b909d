// Hand an estimator written in C++ to `lessons judge`: protocol 1, the standard library only (C++17).
//
//     #include "tightbound.hpp"
//     int main() {
//       return tightbound::run([](const tightbound::Task& task, tightbound::Choices& choices) {
//         std::vector<double> gradient;
//         for (double p : task.numbers("q")) gradient.push_back(choices.flip(p) - p);
//         return gradient;
//       });
//     }
//
//     $ c++ -std=c++17 -O1 estimate.cpp -o estimate && lessons judge --model case.json -- ./estimate
//
// All that is random comes from `choices`. What is printed goes to standard error, which the judge shows. A program of
// several functions (homework) calls `serve` instead, with each function by its name.
#pragma once

#include <cmath>
#include <cstdio>
#include <functional>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace tightbound {

/// A value of JSON: of a task no more than numbers, words, lists and objects occur.
struct Value {
  double number = 0;
  std::string word;
  std::vector<Value> list;
  std::map<std::string, Value> members;
};

class Reader {
 public:
  explicit Reader(const std::string& text) : text_(text) {}

  Value value() {
    Value value;
    switch (peek()) {
      case '{':
        for (take('{'); !closes('}'); closes(',')) {
          std::string key = word();
          take(':');
          value.members[key] = this->value();
        }
        return value;
      case '[':
        for (take('['); !closes(']'); closes(',')) value.list.push_back(this->value());
        return value;
      case '"':
        value.word = word();
        if (value.word == "inf" || value.word == "-inf" || value.word == "nan")
          value.number = std::strtod(value.word.c_str(), nullptr);
        return value;
      default: {
        const char* start = text_.c_str() + at_;
        char* end = nullptr;
        value.number = std::strtod(start, &end);
        if (end == start) {  // true, false, null
          while (at_ < text_.size() && std::isalpha(static_cast<unsigned char>(text_[at_]))) at_++;
        }
        at_ += static_cast<size_t>(end - start);
        return value;
      }
    }
  }

 private:
  char peek() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) at_++;
    if (at_ == text_.size()) throw std::runtime_error("the judge's line ends too early");
    return text_[at_];
  }
  void take(char wanted) {
    if (peek() != wanted) throw std::runtime_error("the judge's line is no JSON");
    at_++;
  }
  bool closes(char wanted) {
    bool found = peek() == wanted;
    if (found) at_++;
    return found;
  }
  std::string word() {
    std::string word;
    for (take('"'); text_.at(at_) != '"'; at_++) {
      if (text_[at_] == '\\') at_++;
      word += text_.at(at_);
    }
    at_++;
    return word;
  }

  const std::string& text_;
  size_t at_ = 0;
};

/// What is to be estimated.
class Task {
 public:
  explicit Task(Value value) : value_(std::move(value)) {}

  double number(const std::string& key) const { return at(key).number; }
  std::string word(const std::string& key) const { return at(key).word; }
  std::vector<double> numbers(const std::string& key) const {
    std::vector<double> numbers;
    for (const Value& entry : at(key).list) numbers.push_back(entry.number);
    return numbers;
  }
  std::vector<std::vector<double>> table(const std::string& key) const {
    std::vector<std::vector<double>> table;
    for (const Value& row : at(key).list) {
      table.emplace_back();
      for (const Value& entry : row.list) table.back().push_back(entry.number);
    }
    return table;
  }
  bool has(const std::string& key) const { return find(key) != nullptr; }
  const Value& at(const std::string& key) const {
    const Value* found = find(key);
    if (!found) throw std::runtime_error("the task has no '" + key + "'");
    return *found;
  }

 private:
  // What is given to a function stands in "given", everything else beside it.
  const Value* find(const std::string& key) const {
    auto given = value_.members.find("given");
    if (given != value_.members.end()) {
      auto found = given->second.members.find(key);
      if (found != given->second.members.end()) return &found->second;
    }
    auto found = value_.members.find(key);
    return found == value_.members.end() ? nullptr : &found->second;
  }

  Value value_;
};

inline std::string text(double number) {
  if (std::isnan(number)) return "\"nan\"";
  if (std::isinf(number)) return number > 0 ? "\"inf\"" : "\"-inf\"";
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.17g", number);
  return digits;
}

inline std::string text(const std::vector<double>& numbers) {
  std::string list = "[";
  for (double number : numbers) list += (list.size() > 1 ? "," : "") + text(number);
  return list + "]";
}

/// The random choices of one run.
class Choices {
 public:
  explicit Choices(std::vector<double> trail) : trail_(std::move(trail)) {}

  /// 1 with this probability, else 0.
  int flip(double p) {
    if (!(p >= 0 && p <= 1)) throw std::runtime_error("expected a probability, found " + text(p));
    return static_cast<int>(ask(text(p), p < 1 ? 0 : 1));
  }
  /// An index, drawn with these probabilities.
  size_t choose(const std::vector<double>& law) {
    size_t first = 0;
    while (first < law.size() && law[first] <= 0) first++;
    if (first == law.size()) throw std::runtime_error("nothing to choose from");
    return static_cast<size_t>(ask(text(law), static_cast<double>(first)));
  }
  /// A number uniform on [0, 1).
  double uniform() { return ask("\"uniform\"", 0.5); }
  /// A draw from N(0, 1).
  double normal() { return ask("\"normal\"", 0); }

  const std::string& asked() const { return asked_; }

 private:
  double ask(const std::string& question, double otherwise) {
    asked_ += (count_ ? "," : "") + question;
    size_t place = count_++;
    return place < trail_.size() ? trail_[place] : otherwise;
  }

  std::vector<double> trail_;
  std::string asked_;
  size_t count_ = 0;
};

/// What a function returns: a number, or lists of numbers; `unwritten()` where it is not written yet.
class Result {
 public:
  Result(double number) : text_(tightbound::text(number)) {}
  Result(const std::vector<double>& numbers) : text_(tightbound::text(numbers)) {}
  Result(const std::vector<std::vector<double>>& table) : text_("[") {
    for (const auto& row : table) text_ += (text_.size() > 1 ? "," : "") + tightbound::text(row);
    text_ += "]";
  }
  static Result unwritten() { return Result(std::string()); }
  const std::string& text() const { return text_; }

 private:
  explicit Result(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

inline Result unwritten() { return Result::unwritten(); }

/// A function under judgement.
using Part = std::function<Result(const Task&, Choices&)>;

namespace detail {

inline void answer(const Part& part, const std::string& line, Task& task, std::string& last, std::ostream& out) {
  Value message = Reader(line).value();
  if (message.members.count("task")) {
    if (message.members["tightbound"].number != 1) throw std::runtime_error("this client speaks protocol 1");
    task = Task(message.members["task"]);
    last = "none";
    out << "{\"ready\":1}\n";
  }
  for (const Value& entry : message.members["runs"].list) {
    std::vector<double> trail;
    for (const Value& outcome : entry.list) trail.push_back(outcome.number);
    Choices choices(trail);
    std::string result = part(task, choices).text();
    if (result.empty()) {
      out << "{\"unwritten\":1}\n";
    } else if (choices.asked() == last) {
      out << "{\"result\":" << result << "}\n";
    } else {
      out << "{\"asked\":[" << choices.asked() << "],\"result\":" << result << "}\n";
      last = choices.asked();
    }
  }
}

inline int converse(const Part& part) {
  // What the program prints must not get between the lines: its `cout` becomes `cerr`.
  std::ostream out(std::cout.rdbuf());
  std::cout.rdbuf(std::cerr.rdbuf());
  Task task{Value{}};
  std::string last = "none";
  for (std::string line; std::getline(std::cin, line);) {
    try {
      answer(part, line, task, last, out);
      out << std::flush;
      if (line.rfind("{\"end\"", 0) == 0) return 0;
    } catch (const std::exception& error) {
      std::string reason;
      for (const char* c = error.what(); *c; c++)
        if (*c != '"' && *c != '\\' && *c >= ' ') reason += *c;
      out << "{\"error\":\"" << reason << "\"}" << std::endl;
      return 1;
    }
  }
  return 0;
}

}  // namespace detail

/// Answers the judge with one function until nothing more is asked.
inline int run(const Part& estimate) { return detail::converse(estimate); }

/// Answers the judge with the function that it names; what is missing is not written yet.
inline int serve(const std::map<std::string, Part>& parts) {
  return detail::converse([&](const Task& task, Choices& choices) {
    auto found = parts.find(task.has("part") ? task.word("part") : "estimate");
    return found == parts.end() ? unwritten() : found->second(task, choices);
  });
}

}  // namespace tightbound
