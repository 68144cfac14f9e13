//! Why a request brought no answer, read from the chain of errors below it.

use super::resolve::NameError;
use super::verdict::Stage;
use rustls::CertificateError;
use std::error::Error;
use std::io;

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    Name(NameError),
    Refused,
    TimedOut(Stage),
    /// Reset, or closed too early.
    Broken,
    NotHttp,
    /// The end of a sentence.
    Tls(String),
    /// The address itself cannot be made a request of.
    Unaskable,
}

impl Failure {
    pub fn of(error: &reqwest::Error) -> Failure {
        let mut text = String::new();
        let mut next: Option<&(dyn Error + 'static)> = Some(error);
        while let Some(error) = next {
            if let Some(failure) = of_one(error) {
                return failure;
            }
            text = error.to_string();
            next = error.source();
        }
        if error.is_timeout() {
            Failure::TimedOut(Stage::Connecting)
        } else if error.is_builder() {
            Failure::Unaskable
        } else if ["parsed", "too large"].iter().any(|word| text.contains(word)) {
            // hyper keeps the kinds of its errors to itself
            Failure::NotHttp
        } else {
            Failure::Broken
        }
    }
}

fn of_one(error: &(dyn Error + 'static)) -> Option<Failure> {
    if let Some(error) = error.downcast_ref::<NameError>() {
        return Some(Failure::Name(*error));
    }
    if let Some(error) = error.downcast_ref::<rustls::Error>() {
        return Some(Failure::Tls(of_tls(error)));
    }
    let error = error.downcast_ref::<io::Error>()?;
    // what stands in an input/output error is not its source
    if let Some(failure) = error.get_ref().and_then(|inner| of_one(inner)) {
        return Some(failure);
    }
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Some(Failure::Refused),
        io::ErrorKind::TimedOut => Some(Failure::TimedOut(Stage::Connecting)),
        _ => None,
    }
}

fn of_tls(error: &rustls::Error) -> String {
    let why = match error {
        rustls::Error::InvalidCertificate(error) => match error {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => "its certificate has expired",
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => "its certificate is not valid yet",
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => "its certificate is for another host",
            CertificateError::UnknownIssuer => "nobody known vouches for its certificate",
            CertificateError::Revoked => "its certificate was revoked",
            _ => "its certificate is not valid",
        },
        rustls::Error::InvalidMessage(_) => "what it sends is not encrypted",
        _ => "no encrypted connection comes about",
    };
    why.to_owned()
}
