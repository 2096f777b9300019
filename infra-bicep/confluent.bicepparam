// A Kafka that is there already, here Confluent Cloud. Brokers and credentials come from the environment.
using 'main.bicep'
extends 'dev.bicepparam'

param environmentName = 'confluent'

param kafka = {
  kind: 'existing'
  brokers: readEnvironmentVariable('KAFKA_BROKERS')
  securityProtocol: 'SASL_SSL'
  saslMechanism: 'PLAIN'
}

param kafkaCredentials = {
  username: readEnvironmentVariable('KAFKA_API_KEY')
  password: readEnvironmentVariable('KAFKA_API_SECRET')
}

// All of them: Confluent Cloud does not count topics as Event Hubs does.
param functionNames = []

// The app makes the topics that are missing; leave it out where somebody else makes them.
param settings = {
  Kafka__CreateTopics: 'All'
  Kafka__Partitions: 6
}
