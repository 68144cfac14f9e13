//! `operand | filter: argument, argument | …` (liquid `lexer.rb`, `variable.rb`).

use super::super::value::Value;

/// The contents of `{{ … }}`.
#[derive(Debug, PartialEq)]
pub struct Expression {
    pub operand: Operand,
    pub filters: Vec<Filter>,
}

#[derive(Debug, PartialEq)]
pub struct Filter {
    pub name: String,
    pub arguments: Vec<Operand>,
}

#[derive(Debug, PartialEq)]
pub enum Operand {
    Literal(Value),
    /// `site.data["x"].y`: `site`, then `data`, `x`, `y`.
    Variable(String, Vec<Access>),
}

/// A step of a variable.
#[derive(Debug, PartialEq)]
pub enum Access {
    /// `.name`
    Name(String),
    /// `[…]`
    Index(Box<Operand>),
}

impl Expression {
    /// Reads the text between the braces; `None` for what is not of this form (Liquid would be lenient, we do not
    /// guess).
    pub fn parse(text: &str) -> Option<Expression> {
        let mut reader = Reader { text, depth: 0 };
        let operand = reader.operand()?;
        let mut filters = Vec::new();
        while reader.eat('|') {
            let name = reader.name()?.to_owned();
            let mut arguments = Vec::new();
            if reader.eat(':') {
                arguments.push(reader.operand()?);
                while reader.eat(',') {
                    arguments.push(reader.operand()?);
                }
            }
            filters.push(Filter { name, arguments });
        }
        reader.text.trim().is_empty().then_some(Expression { operand, filters })
    }
}

/// Brackets in brackets that are read; more is no URL.
const MAX_DEPTH: usize = 8;

struct Reader<'a> {
    text: &'a str,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn skip_space(&mut self) {
        self.text = self.text.trim_start();
    }

    fn eat(&mut self, c: char) -> bool {
        self.skip_space();
        match self.text.strip_prefix(c) {
            Some(rest) => {
                self.text = rest;
                true
            }
            None => false,
        }
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.text.split_at(length);
        self.text = rest;
        taken
    }

    fn name(&mut self) -> Option<&'a str> {
        self.skip_space();
        let length = self.text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')).count();
        let starts_well = self.text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        (length > 0 && starts_well).then(|| self.take(length))
    }

    fn operand(&mut self) -> Option<Operand> {
        self.skip_space();
        let first = self.text.chars().next()?;
        if first == '"' || first == '\'' {
            let length = self.text[1..].find(first)?;
            let quoted = self.take(length + 2);
            return Some(Operand::Literal(Value::from(&quoted[1..=length])));
        }
        if first.is_ascii_digit() || first == '-' {
            let length = self.text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'-').count();
            let number = self.take(length).parse().ok()?;
            return (!self.text.starts_with('.')).then_some(Operand::Literal(Value::Integer(number)));
        }
        let name = self.name()?.to_owned();
        let path = self.path()?;
        if !path.is_empty() {
            return Some(Operand::Variable(name, path));
        }
        Some(Operand::Literal(match name.as_str() {
            "nil" | "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "empty" | "blank" => Value::from(""),
            _ => return None,
        }))
    }

    fn path(&mut self) -> Option<Vec<Access>> {
        let mut path = Vec::new();
        loop {
            if let Some(rest) = self.text.strip_prefix('.') {
                self.text = rest;
                path.push(Access::Name(self.name()?.to_owned()));
            } else if let Some(rest) = self.text.strip_prefix('[') {
                self.text = rest;
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return None;
                }
                let inner = self.operand()?;
                self.eat(']').then_some(())?;
                self.depth -= 1;
                path.push(Access::Index(Box::new(inner)));
            } else {
                return Some(path);
            }
        }
    }
}
