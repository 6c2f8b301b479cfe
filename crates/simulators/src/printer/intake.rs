//! What a printer makes of the bytes that come: questions that it answers at once, commands in their order, and a job.

use super::{Manner, State};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

impl State {
    /// The answer to `DLE EOT n`.
    fn answer(self, n: u8) -> u8 {
        let printer = if matches!(self, State::Ready | State::PaperNearEnd) { 0x12 } else { 0x1a };
        match (n, self) {
            (1, _) => printer,
            (2, State::CoverOpen) => 0x16,
            (2, State::PaperOut) => 0x32,
            (2, State::Failed) => 0x52,
            (4, State::PaperNearEnd) => 0x1e,
            (4, State::PaperOut) => 0x7e,
            _ => 0x12,
        }
    }

    /// The four bytes of automatic status back.
    fn told(self) -> [u8; 4] {
        match self {
            State::Ready => [0x10, 0x00, 0x00, 0x0f],
            State::PaperNearEnd => [0x10, 0x00, 0x03, 0x0f],
            State::CoverOpen => [0x38, 0x00, 0x00, 0x0f],
            State::PaperOut => [0x18, 0x00, 0x0c, 0x0f],
            State::Failed => [0x18, 0x08, 0x00, 0x0f],
            State::Offline => [0x18, 0x00, 0x00, 0x0f],
        }
    }

    /// The answer to `GS r 1`, which is given in its turn: none comes while nothing can be printed.
    fn answer_in_turn(self) -> Option<u8> {
        match self {
            State::Ready => Some(0x00),
            State::PaperNearEnd => Some(0x03),
            _ => None,
        }
    }
}

/// What has come of a job.
pub(super) struct Intake {
    manner: Manner,
    /// Does a slip lie in its slip station?
    slip: Arc<AtomicBool>,
    taken: Vec<u8>,
    /// Where the job was cut, or its slip put out, if it was.
    cut: Option<usize>,
    /// Something of a job has come, on this line.
    begun: bool,
    /// The beginning of what may be a question.
    pending: Vec<u8>,
    /// The beginning of a command that is obeyed in its turn.
    command: Vec<u8>,
    questions: usize,
    /// What it last told by itself, while it does.
    told: Option<State>,
    tells: bool,
}

impl Intake {
    /// One that may be in the middle of a command, which began on an earlier line.
    pub fn new(manner: Manner, slip: Arc<AtomicBool>, command: Vec<u8>) -> Intake {
        let (taken, pending) = (Vec::new(), Vec::new());
        Intake { manner, slip, taken, cut: None, begun: false, pending, command, questions: 0, told: None, tells: false }
    }

    pub fn manner(&self) -> Manner {
        self.manner
    }

    pub fn questions(&self) -> usize {
        self.questions
    }

    pub fn is_over(&self) -> bool {
        match self.manner {
            Manner::NeverReads => true,
            Manner::StopsReading => self.questions >= 3,
            Manner::DropsAfter(count) | Manner::UnpluggedAfter(count) => self.taken.len() + self.command.len() >= count,
            _ => false,
        }
    }

    /// The beginning of a command whose end goes on being waited for when the line is gone.
    pub fn begun_command(&mut self) -> Vec<u8> {
        match self.manner {
            Manner::UnpluggedAfter(_) => std::mem::take(&mut self.command),
            _ => Vec::new(),
        }
    }

    pub fn finished(mut self) -> Vec<u8> {
        self.taken.append(&mut self.command);
        self.taken.append(&mut self.pending);
        if let Manner::DropsAfter(count) = self.manner {
            self.taken.truncate(count);
        }
        self.taken
    }

    /// The job that was cut since this was last asked.
    pub fn cut(&mut self) -> Option<Vec<u8>> {
        self.cut.take().map(|end| self.taken.drain(..end).collect())
    }

    /// Sorts bytes into job and questions, and gives the answers.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut answers = Vec::new();
        for byte in bytes {
            if self.is_over() {
                break;
            }
            self.pending.push(*byte);
            match self.pending[..] {
                [0x10] | [0x10, 0x04] => {}
                [0x10, 0x04, n @ 1..=4] => {
                    self.pending.clear();
                    self.questions += 1;
                    answers.extend(self.state().map(|state| state.answer(n)));
                }
                [0x10, 0x04, 5] => {
                    self.pending.clear();
                    // Not selected; and whether its two sensors see one.
                    let seen = if self.slip.load(Ordering::SeqCst) { 0 } else { 0x60 };
                    answers.extend(self.state().map(|_| 0x16 | seen));
                }
                _ => {
                    for byte in std::mem::take(&mut self.pending) {
                        self.in_turn(byte, &mut answers);
                    }
                }
            }
        }
        answers
    }

    /// Obeys a command once it has come whole.
    fn in_turn(&mut self, byte: u8, answers: &mut Vec<u8>) {
        self.command.push(byte);
        if length(&self.command).is_none_or(|length| self.command.len() < length) {
            return;
        }
        let command = std::mem::take(&mut self.command);
        match command[..] {
            [0x1b, b'@'] => {
                // A reset ends what it tells by itself, too.
                self.begun = true;
                self.tells = false;
                self.taken.extend(&command);
            }
            [0x1d, b'a', n] => (self.tells, self.told) = (n != 0 && self.knows_how_to_tell(), None),
            [0x1d, b'r', 1 | b'1'] => {
                let state = self.state().filter(|_| self.knows_how_to_tell());
                answers.extend(state.and_then(State::answer_in_turn));
            }
            _ => {
                self.begun = true;
                self.taken.extend(&command);
                let ejected = command == [0x0c];
                if ejected {
                    self.slip.store(false, Ordering::SeqCst);
                }
                if ejected || command.starts_with(&[0x1d, b'V']) {
                    self.cut = Some(self.taken.len());
                }
            }
        }
        if self.tells && self.told != self.state() {
            self.told = self.state();
            answers.extend(self.told.into_iter().flat_map(State::told));
        }
    }

    fn knows_how_to_tell(&self) -> bool {
        !matches!(self.manner, Manner::AnswersInRealTime(_))
    }

    /// How it is; `None` for one that never says.
    fn state(&self) -> Option<State> {
        match self.manner {
            Manner::Answers(state) | Manner::AnswersInRealTime(state) => Some(state),
            Manner::ChangesDuringTheJob(state) if self.begun => Some(state),
            Manner::ChangesDuringTheJob(_) | Manner::DropsAfter(_) | Manner::UnpluggedAfter(_) | Manner::StopsReading => Some(State::Ready),
            Manner::Silent | Manner::NeverReads => None,
        }
    }
}

/// How long the command is that begins so; `None` while that can't be told. A character is a command of one byte.
fn length(begun: &[u8]) -> Option<usize> {
    match *begun {
        [0x1b..=0x1d] | [0x1d, b'k' | b'v' | b'('] => None,
        [0x1b, b'@', ..] | [0x1c, ..] => Some(2),
        [0x1b, b'p', ..] => Some(5),
        [0x1b, b'c' | b'f', ..] => Some(4),
        [0x1b, ..] => Some(3),
        [0x1d, b'k', _, count, ..] => Some(4 + usize::from(count)),
        [0x1d, b'v', _, _, across, across_high, down, down_high, ..] => {
            let (across, down) = (u16::from_le_bytes([across, across_high]), u16::from_le_bytes([down, down_high]));
            Some(8 + usize::from(across) * usize::from(down))
        }
        [0x1d, b'(', _, count, count_high, ..] => Some(5 + usize::from(u16::from_le_bytes([count, count_high]))),
        [0x1d, b'k' | b'v' | b'(', ..] => None,
        [0x1d, b'V', ..] => Some(4),
        [0x1d, ..] => Some(3),
        _ => Some(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn intake(manner: Manner) -> Intake {
        Intake::new(manner, Arc::default(), Vec::new())
    }

    fn told_on(state: State) -> Vec<u8> {
        intake(Manner::Answers(state)).take(b"\x1da\x0f")
    }

    #[test]
    fn it_tells_by_itself_how_it_is_once_it_is_told_to_and_whenever_that_changes() {
        assert_eq!(told_on(State::Ready), [0x10, 0x00, 0x00, 0x0f]);
        let mut job = intake(Manner::ChangesDuringTheJob(State::PaperOut));
        assert_eq!(job.take(b"\x1da\x0f"), [0x10, 0x00, 0x00, 0x0f]);
        assert_eq!(job.take(b"One line\n"), [0x18, 0x00, 0x0c, 0x0f]);
        assert_eq!(job.take(b"Another\n\x1da\x00more\n"), b"");
        assert_eq!(job.finished(), b"One line\nAnother\nmore\n");
        let mut reset = intake(Manner::ChangesDuringTheJob(State::PaperOut));
        assert_eq!(reset.take(b"\x1da\x0f\x1b@One line\n"), [0x10, 0x00, 0x00, 0x0f]);
        assert_eq!(reset.take(b"\x1da\x0f"), [0x18, 0x00, 0x0c, 0x0f]);
    }

    #[test]
    fn it_says_that_it_is_done_in_its_turn_and_only_where_it_can_print() {
        assert_eq!(intake(Manner::Answers(State::PaperNearEnd)).take(b"job\n\x1dr\x01"), [0x03]);
        assert_eq!(intake(Manner::Answers(State::PaperOut)).take(b"job\n\x1dr\x01"), b"");
        assert_eq!(intake(Manner::AnswersInRealTime(State::Ready)).take(b"\x1da\x0fjob\n\x1dr\x01"), b"");
    }

    #[test]
    fn what_looks_like_a_command_inside_a_picture_is_a_picture_and_a_question_is_one_anywhere() {
        let mut job = intake(Manner::Answers(State::Ready));
        let picture = b"\x1dv0\0\x03\0\x02\0\x1dr\x01\x1da\x0f";
        assert_eq!(job.take(picture), b"");
        assert_eq!(job.take(b"\x1d\x10\x04\x01V\x42\x00"), [0x12]);
        assert_eq!(job.cut().as_deref(), Some(&[&picture[..], b"\x1dV\x42\x00"].concat()[..]));
    }
}
