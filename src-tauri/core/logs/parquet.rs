//! [Apache Parquet](https://parquet.apache.org): a message a row, the columns of
//! the table in `csv.rs` with their types. `docs/formats.md` has the schema.

use std::sync::Arc;

use arrow_array::builder::{
    Float32Builder, Int64Builder, ListBuilder, StringBuilder, StructBuilder, TimestampMillisecondBuilder,
    UInt32Builder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef, TimeUnit};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use super::export::wire_name;
use crate::{Code, Entity, Error, Label, Message, Result};

/// Rows that are turned into columns at a time.
const BATCH: usize = 4096;

/// Letters at which a batch is turned into columns though it has fewer rows.
const HEAVY: usize = 32 << 20;

/// Rows, or bytes, that stand together in the file; so many are held in memory.
const ROW_GROUP: usize = 64 << 10;
const ROW_GROUP_BYTES: usize = 32 << 20;

fn ranking() -> Fields {
    Fields::from(vec![
        Field::new("name", DataType::Utf8, false),
        Field::new("confidence", DataType::Float32, false),
    ])
}

fn entity() -> Fields {
    Fields::from(vec![
        Field::new("start", DataType::UInt32, false),
        Field::new("end", DataType::UInt32, false),
        Field::new("text", DataType::Utf8, false),
        Field::new("entity", DataType::Utf8, false),
        Field::new("confidence", DataType::Float32, false),
        Field::new("value", DataType::Utf8, false),
        Field::new("source", DataType::Utf8, false),
    ])
}

fn item(fields: Fields) -> Field {
    Field::new("item", DataType::Struct(fields), false)
}

/// What was understood is null where nothing was.
fn schema() -> SchemaRef {
    let number = |name: &str| Field::new(name, DataType::Float32, true);
    let word = |name: &str| Field::new(name, DataType::Utf8, true);
    let list = |name: &str, fields: Fields| Field::new(name, DataType::List(Arc::new(item(fields))), true);
    Arc::new(Schema::new(vec![
        Field::new("conversation", DataType::Int64, false),
        Field::new("id", DataType::Int64, false),
        Field::new("time", DataType::Timestamp(TimeUnit::Millisecond, Some("UTC".into())), false),
        Field::new("speaker", DataType::Utf8, false),
        Field::new("source", DataType::Utf8, false),
        Field::new("text", DataType::Utf8, false),
        word("intent"),
        number("intent_confidence"),
        list("intent_ranking", ranking()),
        word("act"),
        number("act_confidence"),
        word("sentiment"),
        number("sentiment_confidence"),
        number("sentiment_negative"),
        number("sentiment_neutral"),
        number("sentiment_positive"),
        list("entities", entity()),
        word("model_name"),
        word("model_version"),
    ]))
}

/// A file of columns under way.
pub(super) struct Columns {
    writer: ArrowWriter<Vec<u8>>,
    schema: SchemaRef,
    waiting: Vec<Message>,
    letters: usize,
}

impl Columns {
    pub(super) fn begin() -> Result<Columns> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(ROW_GROUP))
            .set_max_row_group_bytes(Some(ROW_GROUP_BYTES))
            .set_created_by(format!("Sotto {}", env!("CARGO_PKG_VERSION")))
            .build();
        let schema = schema();
        let writer =
            ArrowWriter::try_new(Vec::new(), Arc::clone(&schema), Some(properties)).map_err(trouble)?;
        Ok(Columns { writer, schema, waiting: Vec::with_capacity(BATCH), letters: 0 })
    }

    /// The next message; the bytes that are ready.
    pub(super) fn message(&mut self, message: Message) -> Result<Vec<u8>> {
        self.letters += message.text.len();
        self.waiting.push(message);
        if self.waiting.len() < BATCH && self.letters < HEAVY { Ok(Vec::new()) } else { self.pack() }
    }

    /// The bytes that are left.
    pub(super) fn end(mut self) -> Result<Vec<u8>> {
        let mut bytes = self.pack()?;
        bytes.append(&mut self.writer.into_inner().map_err(trouble)?);
        Ok(bytes)
    }

    fn pack(&mut self) -> Result<Vec<u8>> {
        if !self.waiting.is_empty() {
            let batch = batch(&self.schema, &self.waiting)?;
            self.waiting.clear();
            self.letters = 0;
            self.writer.write(&batch).map_err(trouble)?;
        }
        Ok(std::mem::take(self.writer.inner_mut()))
    }
}

fn batch(schema: &SchemaRef, messages: &[Message]) -> Result<RecordBatch> {
    let number = |get: &dyn Fn(&Message) -> i64| -> ArrayRef {
        let mut column = Int64Builder::with_capacity(messages.len());
        messages.iter().for_each(|message| column.append_value(get(message)));
        Arc::new(column.finish())
    };
    let word = |get: &dyn Fn(&Message) -> Option<String>| -> ArrayRef {
        let mut column = StringBuilder::new();
        messages.iter().for_each(|message| column.append_option(get(message)));
        Arc::new(column.finish())
    };
    let share = |get: &dyn Fn(&crate::Analysis) -> f32| -> ArrayRef {
        let mut column = Float32Builder::with_capacity(messages.len());
        messages.iter().for_each(|message| column.append_option(message.analysis.as_ref().map(get)));
        Arc::new(column.finish())
    };
    let mut time = TimestampMillisecondBuilder::with_capacity(messages.len());
    messages.iter().for_each(|message| time.append_value(message.time));

    let mut rankings = ListBuilder::new(structs(ranking())).with_field(item(ranking()));
    let mut entities = ListBuilder::new(structs(entity())).with_field(item(entity()));
    for message in messages {
        for label in message.analysis.iter().flat_map(|analysis| &analysis.intent_ranking) {
            append_label(rankings.values(), label)?;
        }
        rankings.append(message.analysis.is_some());
        for one in message.analysis.iter().flat_map(|analysis| &analysis.entities) {
            append_entity(entities.values(), one)?;
        }
        entities.append(message.analysis.is_some());
    }

    let analysis = |message: &Message| message.analysis.clone();
    let columns: Vec<ArrayRef> = vec![
        number(&|message| message.conversation),
        number(&|message| message.id),
        Arc::new(time.finish().with_timezone("UTC")),
        word(&|message| Some(message.speaker.clone())),
        word(&|message| Some(wire_name(&message.source))),
        word(&|message| Some(message.text.clone())),
        word(&|message| Some(analysis(message)?.intent.name)),
        share(&|analysis| analysis.intent.confidence),
        Arc::new(rankings.finish()),
        word(&|message| Some(analysis(message)?.act.name)),
        share(&|analysis| analysis.act.confidence),
        word(&|message| Some(wire_name(&message.analysis.as_ref()?.sentiment.name))),
        share(&|analysis| analysis.sentiment.confidence),
        share(&|analysis| analysis.sentiment.scores.negative),
        share(&|analysis| analysis.sentiment.scores.neutral),
        share(&|analysis| analysis.sentiment.scores.positive),
        Arc::new(entities.finish()),
        word(&|message| Some(analysis(message)?.model.name)),
        word(&|message| Some(analysis(message)?.model.version)),
    ];
    RecordBatch::try_new(Arc::clone(schema), columns).map_err(|error| trouble(error.into()))
}

fn structs(fields: Fields) -> StructBuilder {
    StructBuilder::from_fields(fields, BATCH)
}

fn append_label(row: &mut StructBuilder, label: &Label) -> Result<()> {
    word(row, 0, &label.name)?;
    share(row, 1, label.confidence)?;
    row.append(true);
    Ok(())
}

fn append_entity(row: &mut StructBuilder, entity: &Entity) -> Result<()> {
    place(row, 0, entity.start)?;
    place(row, 1, entity.end)?;
    word(row, 2, &entity.text)?;
    word(row, 3, &entity.entity)?;
    share(row, 4, entity.confidence)?;
    word(row, 5, &entity.value)?;
    word(row, 6, &wire_name(&entity.source))?;
    row.append(true);
    Ok(())
}

fn word(row: &mut StructBuilder, field: usize, value: &str) -> Result<()> {
    row.field_builder::<StringBuilder>(field).ok_or_else(mismatch)?.append_value(value);
    Ok(())
}

fn share(row: &mut StructBuilder, field: usize, value: f32) -> Result<()> {
    row.field_builder::<Float32Builder>(field).ok_or_else(mismatch)?.append_value(value);
    Ok(())
}

fn place(row: &mut StructBuilder, field: usize, value: usize) -> Result<()> {
    let value = u32::try_from(value).unwrap_or(u32::MAX);
    row.field_builder::<UInt32Builder>(field).ok_or_else(mismatch)?.append_value(value);
    Ok(())
}

fn mismatch() -> Error {
    Error::new(Code::File, "the columns of the Parquet file do not fit its schema; please report this")
}

fn trouble(error: ParquetError) -> Error {
    Error::new(Code::File, "the Parquet file could not be written; export as jsonl or csv instead")
        .because(error)
}
