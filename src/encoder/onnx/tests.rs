//! With tiny models that are made here: a table of vectors, one a token.

use crate::encoder::{Encoder, cosine, open};
use prost::Message;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use tract_onnx::pb::attribute_proto::AttributeType;
use tract_onnx::pb::tensor_proto::DataType;
use tract_onnx::pb::tensor_shape_proto::{Dimension, dimension};
use tract_onnx::pb::type_proto::{Tensor, Value};
use tract_onnx::pb::{
    AttributeProto, GraphProto, ModelProto, NodeProto, OperatorSetIdProto, TensorProto, TensorShapeProto,
    TypeProto, ValueInfoProto,
};

/// `[UNK]`, `甲`, `乙`, `a`, `b`: what stands for the same has the same vector.
const TABLE: [[f32; 3]; 5] =
    [[0.0, 0.0, 1.0], [3.0, 0.0, 0.0], [0.0, 2.0, 0.0], [3.0, 0.0, 0.0], [0.0, 2.0, 0.0]];

const TOKENIZER: &str = r#"{"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
"pre_tokenizer": {"type": "Whitespace"}, "post_processor": null, "decoder": null,
"model": {"type": "WordLevel", "vocab": {"[UNK]": 0, "甲": 1, "乙": 2, "a": 3, "b": 4}, "unk_token": "[UNK]"}}"#;

fn input(name: &str) -> ValueInfoProto {
    let dim = |value| Dimension { denotation: String::new(), value: Some(dimension::Value::DimParam(value)) };
    let shape = TensorShapeProto { dim: vec![dim("batch".to_owned()), dim("sequence".to_owned())] };
    let tensor = Tensor { elem_type: DataType::Int64 as i32, shape: Some(shape) };
    let r#type = TypeProto { value: Some(Value::TensorType(tensor)), ..TypeProto::default() };
    ValueInfoProto { name: name.to_owned(), r#type: Some(r#type), ..ValueInfoProto::default() }
}

fn node(operator: &str, inputs: &[&str], output: &str, attribute: Vec<AttributeProto>) -> NodeProto {
    NodeProto {
        op_type: operator.to_owned(),
        name: output.to_owned(),
        input: inputs.iter().map(|&i| i.to_owned()).collect(),
        output: vec![output.to_owned()],
        attribute,
        ..NodeProto::default()
    }
}

/// A model that looks tokens up, and gives their mean as well.
fn model(inputs: &[&str], outputs: &[&str]) -> Vec<u8> {
    let table = TensorProto {
        name: "table".to_owned(),
        dims: vec![TABLE.len() as i64, 3],
        data_type: DataType::Float as i32,
        float_data: TABLE.concat(),
        ..TensorProto::default()
    };
    let attribute = |name: &str, kind: AttributeType| AttributeProto {
        name: name.to_owned(),
        r#type: kind as i32,
        ..AttributeProto::default()
    };
    let axes = AttributeProto { ints: vec![1], ..attribute("axes", AttributeType::Ints) };
    let keep = AttributeProto { i: 0, ..attribute("keepdims", AttributeType::Int) };
    let named = |name: &str| ValueInfoProto { name: name.to_owned(), ..ValueInfoProto::default() };
    let graph = GraphProto {
        name: "tiny".to_owned(),
        node: vec![
            node("Gather", &["table", "input_ids"], "last_hidden_state", vec![]),
            node("ReduceMean", &["last_hidden_state"], "sentence_embedding", vec![axes, keep]),
        ],
        initializer: vec![table],
        input: inputs.iter().map(|name| input(name)).collect(),
        output: outputs.iter().map(|name| named(name)).collect(),
        ..GraphProto::default()
    };
    let opset = OperatorSetIdProto { version: 13, ..OperatorSetIdProto::default() };
    ModelProto { ir_version: 8, opset_import: vec![opset], graph: Some(graph), ..ModelProto::default() }
        .encode_to_vec()
}

fn folder(inputs: &[&str], outputs: &[&str], pooling: Option<&str>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("model.onnx"), model(inputs, outputs)).unwrap();
    fs::write(folder.path().join("tokenizer.json"), TOKENIZER).unwrap();
    if let Some(pooling) = pooling {
        fs::create_dir(folder.path().join("1_Pooling")).unwrap();
        fs::write(folder.path().join("1_Pooling/config.json"), pooling).unwrap();
    }
    folder
}

fn opened(folder: &Path) -> Arc<dyn Encoder> {
    open(&format!("onnx:{}", folder.display())).unwrap()
}

const USUAL: [&str; 3] = ["input_ids", "attention_mask", "token_type_ids"];

#[test]
fn tokens_are_averaged_and_what_means_the_same_lies_together() {
    let folder = folder(&USUAL, &["last_hidden_state"], None);
    let encoder = opened(folder.path());
    assert_eq!(encoder.dimension(), 3);
    let vectors = encoder.embed(&["甲 乙", "a b", "a", "x"]).unwrap();
    let (zh, en) = (&vectors[..3], &vectors[3..6]);
    assert!((cosine(zh, en) - 1.0).abs() < 1e-6, "{vectors:?}");
    assert!((zh[0] - 3.0 / 13.0f32.sqrt()).abs() < 1e-6, "{vectors:?}");
    assert_eq!(&vectors[6..], [1.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
    let empty = encoder.embed(&[""]).unwrap();
    assert_eq!(empty.len(), 3, "an empty text has a vector as well");
    let long = "a ".repeat(2_000);
    assert_eq!(encoder.embed(&[long.as_str()]).unwrap(), [1.0, 0.0, 0.0]);
}

#[test]
fn the_first_token_or_a_ready_vector_if_the_model_is_made_so() {
    let first = folder(&USUAL[..2], &["last_hidden_state"], Some(r#"{"pooling_mode_cls_token": true}"#));
    assert_eq!(opened(first.path()).embed(&["a b"]).unwrap(), [1.0, 0.0, 0.0]);
    let ready = folder(&USUAL[..1], &["last_hidden_state", "sentence_embedding"], None);
    let vector = opened(ready.path()).embed(&["a b"]).unwrap();
    assert!((vector[0] - 3.0 / 13.0f32.sqrt()).abs() < 1e-6, "{vector:?}");
    assert_ne!(opened(first.path()).hash(), opened(ready.path()).hash());
}

#[test]
fn runs_are_weighed_by_tokens() {
    let folder = folder(&USUAL[..2], &["last_hidden_state"], None);
    let encoder = opened(folder.path());
    let [mut run, next] = <[_; 2]>::try_from(encoder.pool(&["a a a", "b"]).unwrap()).unwrap();
    run.add(&next, &encoder.seam().unwrap());
    let vector = encoder.finish(&[run]).unwrap();
    assert!((vector[0] - 3.0 / 10.0f32.sqrt()).abs() < 1e-6, "{vector:?}");
}

#[test]
fn what_cannot_be_read_says_why() {
    let empty = tempfile::tempdir().unwrap();
    let said = |folder: &Path| open(&format!("onnx:{}", folder.display())).err().unwrap().to_string();
    assert!(said(empty.path()).contains("holds no model.onnx"), "{}", said(empty.path()));
    let strange = folder(&["input_ids", "pixels"], &["last_hidden_state"], None);
    assert!(said(strange.path()).contains("asks for pixels"), "{}", said(strange.path()));
    let damaged = folder(&USUAL, &["last_hidden_state"], None);
    fs::write(damaged.path().join("model.onnx"), "no model").unwrap();
    assert!(said(damaged.path()).contains("is no model that can be run"), "{}", said(damaged.path()));
    fs::write(damaged.path().join("tokenizer.json"), "{").unwrap();
    assert!(said(damaged.path()).contains("is no tokeniser"), "{}", said(damaged.path()));
    let odd = folder(&USUAL, &["last_hidden_state"], Some(r#"{"pooling_mode_max_tokens": true}"#));
    assert!(said(odd.path()).contains("pooling that is not known"), "{}", said(odd.path()));
}
