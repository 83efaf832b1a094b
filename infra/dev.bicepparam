// A deployment to try things on: scales to nothing, keeps little, says who is behind it. Replace the example.com addresses by yours.
using 'main.bicep'

param environmentName = 'dev'
param allowedOrigins = ['https://app.dev.example.com']
param authIssuer = 'https://login.example.com/dev/'
param authAudience = 'myriadsync-dev'
param authDatasetPatterns = ['user-{sub}']
param allowUndeclaredStores = true
param hbaseEndpoints = ['https://knox.dev.example.com:8443/gateway/default/hbase']
param hbaseCredentials = 'Basic'
param recoverySchedule = '0 */5 * * * *'
param scanSchedule = '0 * * * * *'
param logDailyCapGb = 1
param alertLagSeconds = 900
