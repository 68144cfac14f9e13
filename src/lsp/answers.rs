//! What an editor asks about a text, and the answers.

use super::code_action::{self, Question};
use super::open_texts::OpenText;
use super::server::{Linted, Server};
use super::{completion, hover};
use lsp_types::{CodeActionParams, CompletionParams, Hover, HoverContents, HoverParams, MarkupContent, MarkupKind, Uri};

impl Server {
    /// The text with its newest findings; `None` where it is not open, or not linted.
    fn newest(&mut self, uri: &Uri) -> Option<(&OpenText, &Linted)> {
        if self.waiting.contains(uri.as_str()) {
            self.lint(uri.as_str());
        }
        self.texts.get(uri.as_str()).zip(self.linted.get(uri.as_str()))
    }

    pub(super) fn code_actions(&mut self, params: CodeActionParams) -> Option<lsp_types::CodeActionResponse> {
        let uri = params.text_document.uri;
        self.newest(&uri)?;
        let (text, linted) = self.texts.get(uri.as_str()).zip(self.linted.get(uri.as_str()))?;
        let session = self.workspace.session(text.file.as_deref()?)?;
        let question = Question {
            uri: &uri,
            document: &linted.document,
            text,
            findings: &linted.findings,
            span: text.positions(self.client.encoding).span(params.range),
            only: params.context.only,
            invoked: Question::is_invoked(params.context.trigger_kind),
        };
        Some(code_action::actions(&question, session, &self.client))
    }

    pub(super) fn hover(&mut self, params: HoverParams) -> Option<Hover> {
        let at = params.text_document_position_params;
        let encoding = self.client.encoding;
        self.newest(&at.text_document.uri);
        // a configuration is not linted as a document, but it names rules
        let text = self.texts.get(at.text_document.uri.as_str())?;
        let findings = self.linted.get(at.text_document.uri.as_str()).map_or(&[][..], |linted| &linted.findings);
        let positions = text.positions(encoding);
        let (value, span) = hover::hover(&text.text, findings, positions.offset(at.position))?;
        let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
        Some(Hover { contents, range: Some(positions.range(span)) })
    }

    pub(super) fn completion(&mut self, params: CompletionParams) -> Option<lsp_types::CompletionResponse> {
        let at = params.text_document_position;
        let encoding = self.client.encoding;
        self.newest(&at.text_document.uri)?;
        let (text, linted) = self.texts.get(at.text_document.uri.as_str()).zip(self.linted.get(at.text_document.uri.as_str()))?;
        let session = self.workspace.session(text.file.as_deref()?)?;
        let positions = text.positions(encoding);
        Some(completion::complete(session, &linted.document, text, &positions, positions.offset(at.position)))
    }
}
