// MyriadSync on Azure: everything but the cluster. Deployed into a resource group of its own; docs/DEPLOY.md tells how.
targetScope = 'resourceGroup'

metadata description = 'MyriadSync: a Flex Consumption function app with its storage, telemetry, vault, alerts and, if wanted, private network.'

// ---- What it is called and where it is

@description('Short name that the names of all resources begin with: lower-case letters and digits.')
@minLength(2)
@maxLength(10)
param workload string = 'myriadsync'

@description('Which of the workload\'s deployments this is.')
@allowed(['dev', 'test', 'prod'])
param environmentName string

@description('Region; it needs Flex Consumption.')
param location string = resourceGroup().location

@description('Tags of every resource, beside workload and environment.')
param tags object = {}

// ---- The app

@description('Version of .NET; the same as TargetFramework in Directory.Build.props.')
@allowed(['10.0'])
param dotnetVersion string = '10.0'

@description('Memory of an instance, MB.')
@allowed([2048, 4096])
param instanceMemoryMb int = 2048

@description('Instances at most.')
@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

@description('Instances for HTTP that are always there. 0: the first request after a pause waits for a cold start.')
@minValue(0)
@maxValue(20)
param alwaysReadyHttp int = 0

@description('Instances for orchestrations and activities that are always there.')
@minValue(0)
@maxValue(20)
param alwaysReadyDurable int = 0

@description('Requests that an instance serves at one time. A client that long-polls holds one for up to 30 s.')
@minValue(1)
@maxValue(1000)
param requestsPerInstance int = 200

@description('Origins of the pages that call the app, exactly as browsers send them (https://app.example.com). None: no page of another origin may.')
@maxLength(50)
param allowedOrigins string[] = []

@description('The tokens\' issuer (iss).')
@minLength(8)
@maxLength(500)
param authIssuer string

@description('The tokens\' audience (aud).')
@minLength(1)
@maxLength(200)
param authAudience string

@description('Address whose /.well-known/openid-configuration names the keys.')
@minLength(8)
@maxLength(500)
param authAuthority string = authIssuer

@description('Datasets that every user has, such as user-{sub}.')
@maxLength(20)
param authDatasetPatterns string[] = []

@description('True: object stores that no file declares are taken as they come.')
param allowUndeclaredStores bool = false

@description('When ended orchestrations are removed (NCRONTAB, UTC).')
@minLength(9)
@maxLength(60)
param historySchedule string = '0 0 * * * *'

@description('When datasets that nobody works on are looked for, and what the alerts see is measured (NCRONTAB, UTC). At least every five minutes.')
@minLength(9)
@maxLength(60)
param recoverySchedule string = '0 * * * * *'

@description('When the cluster is looked through for what jobs wrote (NCRONTAB, UTC): how long browsers wait for it.')
@minLength(9)
@maxLength(60)
param scanSchedule string = '*/5 * * * * *'

@description('When an audit of the cluster begins (NCRONTAB, UTC): it finds the rows that jobs deleted. Once a day is enough.')
@minLength(9)
@maxLength(60)
param auditSchedule string = '0 0 2 * * *'

@description('When what is past retention is removed (NCRONTAB, UTC). Once a day is enough.')
@minLength(9)
@maxLength(60)
param retentionSchedule string = '0 30 3 * * *'

@description('Days that log, outcomes and tombstones are kept: a client that was away for longer loads a snapshot.')
@minValue(8)
@maxValue(3650)
param retentionDays int = 30

@description('Any other setting of docs/DEPLOY.md, by its name (Section__Name). No secrets: they belong into the vault.')
param settings object = {}

// ---- The cluster

@description('Addresses of the HBase REST gateways, or of the proxy in front of them.')
@minLength(1)
@maxLength(20)
param hbaseEndpoints string[]

@description('How the app shows the gateway who it is. Basic and Bearer take their secret from the vault: hbase-user and hbase-password, or hbase-token.')
@allowed(['None', 'Basic', 'Bearer'])
param hbaseCredentials string = 'None'

@description('Addresses of the Myriad scheduler\'s REST API; none: it is not asked.')
@maxLength(10)
param schedulerEndpoints string[] = []

// ---- Network

@description('True: storage and vault are reached through private endpoints only, and instances send from a network of their own.')
param privateNetwork bool = false

@description('Addresses of that network: /26 or larger.')
@minLength(9)
@maxLength(18)
param networkPrefix string = '10.90.0.0/26'

@description('Resource id of the cluster\'s network to peer with; empty: none, or another way is there.')
@maxLength(500)
param clusterNetworkId string = ''

// ---- Keeping and telling

@description('Redundancy of storage, within the region.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param storageSku string = 'Standard_LRS'

@description('Days without a read after which the claim check of a batch is an orphan.')
@minValue(7)
@maxValue(365)
param orphanDays int = 30

@description('True: storage is locked against deletion, and the vault against purging.')
param protect bool = false

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Gigabytes of logs a day at most; -1: no limit. Beyond it alerts are blind until midnight (UTC).')
@minValue(-1)
@maxValue(1000)
param logDailyCapGb int = -1

@description('Addresses that alerts are mailed to.')
@maxLength(10)
param alertEmails string[] = []

@description('Seconds that the cluster may be behind the log before somebody is told.')
@minValue(60)
@maxValue(86400)
param alertLagSeconds int = 300

// ---- Names: all of them, here only. Globally unique ones end in a hash of the resource group.

var unique = take(uniqueString(resourceGroup().id), 8)
var stem = '${workload}-${environmentName}'
var names = {
  identity: 'id-${stem}'
  storage: 'st${workload}${take(environmentName, 4)}${unique}'
  plan: 'asp-${stem}'
  app: 'func-${stem}-${unique}'
  vault: 'kv-${take(workload, 8)}-${take(environmentName, 4)}-${take(unique, 6)}'
  workspace: 'log-${stem}'
  component: 'appi-${stem}'
  network: 'vnet-${stem}'
  actionGroup: 'ag-${stem}'
}

// functions/ChangeLog/StorageNames.cs has the same; a test compares them.
var tables = ['changelog', 'conflicts', 'datasets', 'poison']
var queues = ['sync-apply', 'sync-apply-poison', 'sync-poison']
var payloadContainer = 'payloads'
var packageContainer = 'packages'
var containers = [payloadContainer, 'leases', packageContainer]
var batchesPrefix = '${payloadContainer}/batches/'

var allTags = union(tags, { workload: workload, environment: environmentName })

// ---- Settings. A list becomes Section__Name__0, __1, …

func listed(name string, values string[]) object => toObject(range(0, length(values)), i => '${name}__${i}', i => values[i])

var secret = 'https://${names.vault}${az.environment().suffixes.keyvaultDns}/secrets'
var credentials = {
  None: {}
  Basic: {
    Myriad__HBase__Credentials__User: '@Microsoft.KeyVault(SecretUri=${secret}/hbase-user)'
    Myriad__HBase__Credentials__Password: '@Microsoft.KeyVault(SecretUri=${secret}/hbase-password)'
  }
  Bearer: {
    Myriad__HBase__Credentials__Token: '@Microsoft.KeyVault(SecretUri=${secret}/hbase-token)'
  }
}
var appSettings = union(
  settings,
  {
    Auth__Issuer: authIssuer
    Auth__Audience: authAudience
    Auth__Authority: authAuthority
    History__Schedule: historySchedule
    Recovery__Schedule: recoverySchedule
    Retention__Schedule: retentionSchedule
    Myriad__Scan__Schedule: scanSchedule
    Myriad__Audit__Schedule: auditSchedule
    Retention__Days: string(retentionDays)
    Stores__AllowUndeclared: string(allowUndeclaredStores)
    Myriad__HBase__Credentials__Kind: hbaseCredentials
  },
  credentials[hbaseCredentials],
  listed('Auth__DatasetPatterns', authDatasetPatterns),
  listed('Myriad__HBase__Endpoints', hbaseEndpoints),
  listed('Myriad__Scheduler__Endpoints', schedulerEndpoints)
)

// ---- Resources

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: names.identity
  location: location
  tags: allTags
}

module storage 'modules/storage.bicep' = {
  params: {
    name: names.storage
    location: location
    tags: allTags
    sku: storageSku
    identityName: names.identity
    tables: tables
    queues: queues
    containers: containers
    batchesPrefix: batchesPrefix
    orphanDays: orphanDays
    isPrivate: privateNetwork
    lock: protect
  }
  dependsOn: [identity]
}

module monitoring 'modules/monitoring.bicep' = {
  params: {
    workspaceName: names.workspace
    componentName: names.component
    location: location
    tags: allTags
    retentionDays: logRetentionDays
    dailyCapGb: logDailyCapGb
    identityName: names.identity
  }
  dependsOn: [identity]
}

module vault 'modules/vault.bicep' = {
  params: {
    name: names.vault
    location: location
    tags: allTags
    identityName: names.identity
    workspaceName: names.workspace
    isPrivate: privateNetwork
    purgeProtection: protect
  }
  dependsOn: [identity, monitoring]
}

var storageEndpoints = [for part in ['blob', 'queue', 'table']: {
  name: 'pe-${stem}-${part}'
  targetType: 'Microsoft.Storage/storageAccounts'
  target: names.storage
  group: part
  zone: 'privatelink.${part}.${az.environment().suffixes.storage}'
}]

module network 'modules/network.bicep' = if (privateNetwork) {
  params: {
    name: names.network
    location: location
    tags: allTags
    addressPrefix: networkPrefix
    clusterNetworkId: clusterNetworkId
    endpoints: concat(storageEndpoints, [
      {
        name: 'pe-${stem}-vault'
        targetType: 'Microsoft.KeyVault/vaults'
        target: names.vault
        group: 'vault'
        // The suffix of vaults is vault.azure.net, and that of their private zone vaultcore.azure.net.
        zone: 'privatelink${replace(az.environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}'
      }
    ])
  }
  dependsOn: [storage, vault]
}

module app 'modules/app.bicep' = {
  params: {
    planName: names.plan
    name: names.app
    location: location
    tags: allTags
    identityName: names.identity
    storageName: names.storage
    packageContainer: packageContainer
    componentName: names.component
    subnetId: privateNetwork ? resourceId('Microsoft.Network/virtualNetworks/subnets', names.network, 'app') : ''
    dotnetVersion: dotnetVersion
    instanceMemoryMb: instanceMemoryMb
    maximumInstances: maximumInstances
    alwaysReady: filter(
      [
        { name: 'http', instanceCount: alwaysReadyHttp }
        { name: 'durable', instanceCount: alwaysReadyDurable }
      ],
      group => group.instanceCount > 0
    )
    requestsPerInstance: requestsPerInstance
    allowedOrigins: allowedOrigins
    settings: appSettings
  }
  // The app reads storage and vault as soon as it is there: roles and ways come first.
  dependsOn: [storage, monitoring, vault, network]
}

module alerts 'modules/alerts.bicep' = {
  params: {
    groupName: names.actionGroup
    prefix: stem
    location: location
    tags: allTags
    workspaceName: names.workspace
    emails: alertEmails
    lagSeconds: alertLagSeconds
  }
  dependsOn: [monitoring]
}

@description('Name of the function app, for the publishing step.')
output appName string = names.app

@description('Name of the vault, for whoever puts the credentials there.')
output vaultName string = names.vault

@description('Name of the storage account.')
output storageName string = names.storage
