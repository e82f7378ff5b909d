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
// All that is random comes from `choices`. Write messages to standard error: standard output is the judge's.
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
  const Value& at(const std::string& key) const {
    auto found = value_.members.find(key);
    if (found == value_.members.end()) throw std::runtime_error("the task has no '" + key + "'");
    return found->second;
  }

 private:
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

/// Answers the judge until it says that nothing more is asked.
inline int run(const std::function<std::vector<double>(const Task&, Choices&)>& estimate) {
  Task task{Value{}};
  std::string last = "none";
  for (std::string line; std::getline(std::cin, line);) {
    try {
      Value message = Reader(line).value();
      if (message.members.count("task")) {
        if (message.members["tightbound"].number != 1) throw std::runtime_error("this client speaks protocol 1");
        task = Task(message.members["task"]);
        last = "none";
        std::cout << "{\"ready\":1}\n";
      }
      for (const Value& entry : message.members["runs"].list) {
        std::vector<double> trail;
        for (const Value& outcome : entry.list) trail.push_back(outcome.number);
        Choices choices(trail);
        std::string result = text(estimate(task, choices));
        if (choices.asked() == last) {
          std::cout << "{\"result\":" << result << "}\n";
        } else {
          std::cout << "{\"asked\":[" << choices.asked() << "],\"result\":" << result << "}\n";
          last = choices.asked();
        }
      }
      std::cout << std::flush;
      if (message.members.count("end")) return 0;
    } catch (const std::exception& error) {
      std::string reason;
      for (const char* c = error.what(); *c; c++)
        if (*c != '"' && *c != '\\' && *c >= ' ') reason += *c;
      std::cout << "{\"error\":\"" << reason << "\"}" << std::endl;
      return 1;
    }
  }
  return 0;
}

}  // namespace tightbound
