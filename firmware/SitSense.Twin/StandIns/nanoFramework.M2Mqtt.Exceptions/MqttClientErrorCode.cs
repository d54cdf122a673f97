namespace nanoFramework.M2Mqtt.Exceptions;

public enum MqttClientErrorCode
{
    WillWrong = 1,
    KeepAliveWrong = 2,
    TopicWildcard = 3,
    TopicLength = 4,
    QosNotAllowed = 5,
    TopicsEmpty = 6,
    QosLevelsEmpty = 7,
    TopicsQosLevelsNotMatch = 8,
    WrongBrokerMessage = 9,
    WrongMessageId = 10,
    InflightQueueFull = 11,
}
