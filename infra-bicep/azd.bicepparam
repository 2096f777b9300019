// The Azure Developer CLI: development, with the names and places of its environment.
using 'main.bicep'
extends 'dev.bicepparam'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'dev')

param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')

// It finds its resources by this label.
param tags = {
  'azd-env-name': readEnvironmentVariable('AZURE_ENV_NAME', 'dev')
}
