namespace KafkaFunctions.SelfHost.CommandLine;

/// <summary>What the app's help says beside its options and commands.</summary>
internal static class HostHelp
{
    public const string Notes = """
        Exit status:
          0  done      1  failed; standard error says why      2  wrong usage

        Settings (environment variables, or "Values" in local.settings.json; the environment wins):
          BrokerList               Kafka bootstrap servers; empty or 'embedded': the embedded event log
          KafkaUsername            SASL user name; for OAUTHBEARER the client id of a managed identity
          KafkaPassword            SASL password
          KafkaSecurityProtocol    PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL
          KafkaSaslMechanism       PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or OAUTHBEARER
          KafkaCaFile              PEM file with the authorities for the broker's certificate [default: the system's]
          StateStorage             where functions keep state: a connection string of Azure Tables; empty or 'embedded': files
          DataDirectory            where the embedded files are [default: .data beside the app]
          FunctionKey              key that HTTP functions ask for; without it only this machine can call them
          FilterCondition          what FilterEvents looks for in the records of input-topic
          Kafka__OutputDelivery    Acknowledged [default] or Binding

        HTTP:
          /api/...  the HTTP functions      /health/live  /health/ready      /metrics  (Prometheus)

        Examples ('{app}' is 'dotnet run --project functions --' in the repository):
          {app} --demo                                      the whole pipeline, with live input
          {app} --demo --rate 0                             the same, as fast as this machine can
          {app} --functions ParseWebLogs,RoutePageViews     only some functions
          {app} topics create input-topic --partitions 4
          {app} produce web-logs < access.log
          {app} tail page-views --from-beginning --json
          {app} groups
          {app} state
          {app} topology                                    what flows where, without running it
          BrokerList=localhost:9092 {app} topics            on a real broker

        More about a command: {app} COMMAND --help
        """;
}
