//! CreateUserPoolClient, DescribeUserPoolClient, UpdateUserPoolClient, DeleteUserPoolClient, ListUserPoolClients.

use serde_json::json;

use super::page::page;
use super::shapes;
use crate::pool::Pool;
use crate::pool::client::Client;
use crate::protocol::{ApiError, Outcome, Request};

pub(super) fn create(pool: &mut Pool, request: &Request) -> Outcome {
    let random = &pool.shared.random;
    let given = request.given("ClientSecret").map(str::to_owned);
    let wanted = request.flag("GenerateSecret") == Some(true);
    let now = pool.now();
    let mut client = Client {
        id: random.word(26),
        secret: given.or_else(|| wanted.then(|| random.word(52))),
        created_at: now,
        modified_at: now,
        ..Client::default()
    };
    shapes::client::take(&mut client, pool, request)?;
    let answer = json!({"UserPoolClient": shapes::client::client(&pool.kept.id, &client)});
    pool.kept.clients.insert(client.id.clone(), client);
    Ok(answer)
}

fn named(pool: &Pool, request: &Request) -> Result<Client, ApiError> {
    let id = request.text("ClientId");
    let client = pool.kept.clients.get(id).cloned();
    client.ok_or_else(|| ApiError {
        reason: Some("no such client".to_owned()),
        ..ApiError::new(
            "ResourceNotFoundException",
            format!("User pool client {id} does not exist."),
        )
    })
}

pub(super) fn describe(pool: &mut Pool, request: &Request) -> Outcome {
    let client = named(pool, request)?;
    Ok(json!({"UserPoolClient": shapes::client::client(&pool.kept.id, &client)}))
}

pub(super) fn update(pool: &mut Pool, request: &Request) -> Outcome {
    let mut client = named(pool, request)?;
    shapes::client::take(&mut client, pool, request)?;
    client.modified_at = pool.now();
    pool.kept.clients.insert(client.id.clone(), client);
    describe(pool, request)
}

pub(super) fn delete(pool: &mut Pool, request: &Request) -> Outcome {
    let client = named(pool, request)?;
    pool.kept.clients.remove(&client.id);
    Ok(json!({}))
}

pub(super) fn list(pool: &mut Pool, request: &Request) -> Outcome {
    let regular = request.given("ClientType").is_none_or(|kind| kind == "REGULAR");
    let clients = pool.kept.clients.values().filter(|_| regular);
    let id = &pool.kept.id;
    let clients = clients.map(|client| (client.id.as_str(), shapes::client::description(id, client)));
    let page = page(request, "MaxResults", "NextToken", clients)?;
    let mut answer = json!({"UserPoolClients": page.entries});
    if let Some(next) = page.next {
        answer["NextToken"] = json!(next);
    }
    Ok(answer)
}
